import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `login_links`. */
export class LoginLinkRow extends Model<
  InferAttributes<LoginLinkRow>,
  InferCreationAttributes<LoginLinkRow>
> {
  declare hash: Buffer;
  declare userId: string | null;
  declare role: string;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare usedAt: Date | null;

  static define(db: Sequelize): void {
    LoginLinkRow.init(
      {
        hash: { type: DataTypes.BLOB, primaryKey: true, allowNull: false },
        userId: {
          type: DataTypes.UUID,
          references: { model: 'users', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        role: { type: DataTypes.TEXT, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        expiresAt: { type: DataTypes.DATE(6), allowNull: false },
        usedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'login_links', modelName: 'login_links' },
    );
  }
}
