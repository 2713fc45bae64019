import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `link_members`. */
export class LinkMemberRow extends Model<
  InferAttributes<LinkMemberRow>,
  InferCreationAttributes<LinkMemberRow>
> {
  declare linkId: string;
  declare timeEntryId: string;
  declare signedSeconds: number;

  static define(db: Sequelize): void {
    LinkMemberRow.init(
      {
        linkId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'links', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        timeEntryId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        signedSeconds: { type: DataTypes.INTEGER, allowNull: false },
      },
      { sequelize: db, tableName: 'link_members', modelName: 'link_members' },
    );
  }
}
